import process from 'node:process';

// Node 22 announces node:sqlite as experimental on standard error, which is no concern of the user's.
const emitWarning = process.emitWarning.bind(process);
process.emitWarning = (warning: string | Error, ...rest: unknown[]): void => {
  if (isAboutSqlite(String(warning))) return;
  Reflect.apply(emitWarning, process, [warning, ...rest]);
};

function isAboutSqlite(warning: string): boolean {
  return warning.includes('SQLite is an experimental feature');
}
