/** How the user reaches remotes; `git.ts` leaves it out elsewhere. */
const ways = ['GIT_SSH', 'GIT_SSH_COMMAND', 'GIT_SSH_VARIANT', 'GIT_PROXY_COMMAND'] as const;

/** No question may wait for an answer that nobody can give: what is not known already is refused. */
export function remoteEnvironment(): Record<string, string> {
  const kept = ways.map((name) => [name, process.env[name]] as const);
  return {
    ...Object.fromEntries(
      kept.filter((entry): entry is [(typeof ways)[number], string] => entry[1] !== undefined),
    ),
    // Empty: neither the setting core.askPass nor a program of the desktop is asked either.
    GIT_ASKPASS: '',
    SSH_ASKPASS_REQUIRE: 'never',
    GCM_INTERACTIVE: 'never',
    // Without a terminal, Git LFS says nothing of its progress by itself.
    GIT_LFS_FORCE_PROGRESS: '1',
  };
}
