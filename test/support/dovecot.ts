import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { connect } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../../src/drivers/local/free-port.ts";
import { dovecotPath } from "./needs.ts";

/** A mail server of the test's own, with one inbox as files. */
export interface TestInbox {
  readonly url: string;
  /** Puts an unread mail there, as a delivering server does. */
  deliver(mail: string): void;
  /** How many mails are marked read, and how many are not. */
  marks(): { read: number; unread: number };
  start(): Promise<void>;
  /** Ends the server at once; the inbox stays. */
  kill(): Promise<void>;
  remove(): Promise<void>;
}

/** Dovecot refuses to open mail as root, so root's mail belongs to nobody. */
const NOBODY = 65_534;

export async function openTestInbox(): Promise<TestInbox> {
  const binary = dovecotPath();
  if (binary === null) throw new Error("There is no dovecot on this machine.");
  const folder = mkdtempSync(join(tmpdir(), "baton-imap-"));
  chmodSync(folder, 0o755);
  const me = userInfo();
  const owner = me.uid === 0 ? { uid: NOBODY, gid: NOBODY } : { uid: me.uid, gid: me.gid };
  const mail = join(folder, "mail");
  for (const path of [mail, join(mail, "cur"), join(mail, "new"), join(mail, "tmp")]) {
    mkdirSync(path);
    if (me.uid === 0) chownSync(path, owner.uid, owner.gid);
  }
  const port = await freePort();
  const config = join(folder, "dovecot.conf");
  writeFileSync(config, settings({ folder, mail, port, me, owner }));
  let server: ChildProcess | null = null;
  const kill = async (): Promise<void> => {
    if (server === null || server.exitCode !== null) return;
    const ended = new Promise((resolve) => server?.once("exit", resolve));
    server.kill("SIGTERM");
    await ended;
    server = null;
  };
  const start = async (): Promise<void> => {
    server = spawn(binary, ["-F", "-c", config], { stdio: "ignore" });
    await answering(port, server);
  };
  await start();
  return {
    url: `imap://imani:secret@127.0.0.1:${port}/INBOX`,
    deliver: (text) => {
      const name = `${Date.now()}.${randomUUID()}.test`;
      writeFileSync(join(mail, "tmp", name), text);
      if (me.uid === 0) chownSync(join(mail, "tmp", name), owner.uid, owner.gid);
      renameSync(join(mail, "tmp", name), join(mail, "new", name));
    },
    marks: () => {
      const all = ["new", "cur"].flatMap((part) => readdirSync(join(mail, part)));
      const read = all.filter((name) => /:2,[A-Z]*S/.test(name)).length;
      return { read, unread: all.length - read };
    },
    start,
    kill,
    remove: async () => {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function settings(at: {
  folder: string;
  mail: string;
  port: number;
  me: { uid: number; username: string };
  owner: { uid: number; gid: number };
}): string {
  const users =
    at.me.uid === 0
      ? ""
      : `default_internal_user = ${at.me.username}\ndefault_login_user = ${at.me.username}\ndefault_internal_group =\n`;
  return `
base_dir = ${at.folder}/run
state_dir = ${at.folder}/state
log_path = ${at.folder}/log
protocols = imap
ssl = no
disable_plaintext_auth = no
mail_location = maildir:${at.mail}
first_valid_uid = 1
${users}
service imap-login {
  chroot =
  inet_listener imap {
    address = 127.0.0.1
    port = ${at.port}
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  chroot =
}
passdb {
  driver = static
  args = password=secret
}
userdb {
  driver = static
  args = uid=${at.owner.uid} gid=${at.owner.gid} home=${at.mail}
}
`;
}

async function answering(port: number, server: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    if (server.exitCode !== null) throw new Error(`dovecot ended at once (exit code ${server.exitCode}).`);
    const greeted = await new Promise<boolean>((resolve) => {
      const socket = connect({ host: "127.0.0.1", port });
      socket.once("data", (data) => {
        socket.destroy();
        resolve(data.toString().startsWith("* OK"));
      });
      socket.once("error", () => resolve(false));
    });
    if (greeted) return;
    await sleep(50);
  }
  throw new Error("dovecot did not answer within 10 seconds.");
}
