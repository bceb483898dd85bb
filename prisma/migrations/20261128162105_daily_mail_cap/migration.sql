-- AlterTable
ALTER TABLE "workspace" ADD COLUMN     "dailyMailCap" INTEGER NOT NULL DEFAULT 2000;
