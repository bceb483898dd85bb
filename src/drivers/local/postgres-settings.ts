/** The text of the included configuration file: a small machine, many short transactions, nothing lost. */
export function postgresSettings(port: number, durable: boolean): string {
  const lines = [
    "# Written by Baton at every start.",
    `port = ${port}`,
    "listen_addresses = '127.0.0.1'",
    "unix_socket_directories = ''",
    "max_connections = 200",
    "shared_buffers = 256MB",
    "effective_cache_size = 1GB",
    "work_mem = 16MB",
    "maintenance_work_mem = 128MB",
    "max_wal_size = 2GB",
    "wal_compression = on",
    "random_page_cost = 1.1",
    "jit = off",
    // Containers often have 64 MB of shared memory, where parallel queries fail; two cores gain nothing by them.
    "max_parallel_workers_per_gather = 0",
    "timezone = 'UTC'",
    "log_timezone = 'UTC'",
    // Statements hold addresses: failed ones are not written to the log (trust.md A22).
    "log_min_error_statement = panic",
    "log_min_messages = warning",
  ];
  // Commits are still written out: a restart in immediate mode loses nothing, only a power cut would.
  if (!durable) lines.push("fsync = off", "full_page_writes = off");
  return `${lines.join("\n")}\n`;
}
