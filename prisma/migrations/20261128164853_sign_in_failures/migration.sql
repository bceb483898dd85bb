-- AlterTable
ALTER TABLE "sign_in_token" ADD COLUMN     "failures" INTEGER NOT NULL DEFAULT 0;
