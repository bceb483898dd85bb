import { BaseSequencer, type TestSpecification } from "vitest/node";

/**
 * What takes longest: started last, it would run alone while the other worker has nothing left to do. A fresh
 * checkout remembers no times, so they are named here.
 */
const LONG = [
  "sending/killed-workers",
  "sending/stopped-workers",
  "sending/queue-emptied",
  "cli/daily-acts",
  "cli/pure-commands",
  "sending/database-restart",
  "journey/demo",
  "browser/every-page",
  "browser/contact-page",
  "browser/enroll",
];

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const index = LONG.findIndex((name) => moduleId.endsWith(`${name}.test.ts`));
      return index === -1 ? LONG.length : index;
    };
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}
