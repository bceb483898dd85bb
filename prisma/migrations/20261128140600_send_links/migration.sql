-- AlterTable
ALTER TABLE "send" ADD COLUMN     "links" INTEGER;
