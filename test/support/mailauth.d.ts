/** The part of mailauth that the tests use; the package ships no types. */
declare module "mailauth/lib/dkim/verify.js" {
  export function dkimVerify(
    message: string | Buffer,
    options: { resolver: (name: string, type: string) => Promise<string[][]> },
  ): Promise<{ results: { status: { result: string }; signingHeaders?: { keys?: string } }[] }>;
}
