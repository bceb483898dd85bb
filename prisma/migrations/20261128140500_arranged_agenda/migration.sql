-- AlterTable
ALTER TABLE "meeting" ADD COLUMN     "arranged" JSONB;
