const keptGitVariables =
  /^GIT_(AUTHOR|COMMITTER)_(NAME|EMAIL|DATE)$|^GIT_CONFIG_(GLOBAL|SYSTEM|NOSYSTEM)$|^GIT_SSL_|^GIT_LFS_/;
const dropped = /^(EDITOR|VISUAL|PAGER|SSH_ASKPASS|PREFIX)$/;

/** What Git sees of this process's environment: nothing that would lead it to another repository or an editor. */
export function childEnvironment(): Record<string, string> {
  const kept = Object.entries(process.env).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined &&
      !dropped.test(entry[0]) &&
      (!entry[0].startsWith('GIT_') || keptGitVariables.test(entry[0])),
  );
  return {
    ...Object.fromEntries(kept),
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    GIT_LITERAL_PATHSPECS: '1',
    LC_ALL: 'C',
  };
}
