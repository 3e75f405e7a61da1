interface Entry {
  /** What happened, and why; one sentence. */
  readonly message: string;
  /** What to do next. */
  readonly hint: string;
}

function entries<K extends string>(all: Record<K, Entry>): Readonly<Record<K, Entry>> {
  return all;
}

/** Every failure a user can meet. `{name}` stands for a value of the error's data. */
export const catalogue = entries({
  'git-missing': {
    message: 'Git was not found on this machine.',
    hint: 'Install it (Debian, Ubuntu: sudo apt install git; macOS: brew install git; Windows: winget install Git.Git), then try again.',
  },
  'lfs-missing': {
    message: 'Git LFS, which stores the takes, was not found on this machine.',
    hint: 'Install it (Debian, Ubuntu: sudo apt install git-lfs; macOS: brew install git-lfs; Windows: winget install GitHub.GitLFS), then try again.',
  },
  'git-identity-missing': {
    message: 'Git does not know who you are, so it cannot record anything in your name.',
    hint: 'Run: git config --global user.name "Your Name", then: git config --global user.email you@example.com',
  },
  'git-failed': {
    message: 'Git could not {action}: {reason}',
    hint: 'Run "git status" in {root} to see what Git sees, mend it, then try again.',
  },
  'no-repository': {
    message: '{root} is not a Git repository of its own, so nothing can be committed there.',
    hint: 'Run "git init" and "git lfs install --local" in {root}.',
  },
  'repository-elsewhere': {
    message:
      'The .git of {root} leads to {gitDir}, which does not know this folder, so nothing is committed there.',
    hint: 'If it is meant to, run "git worktree repair" there or set core.worktree; else delete .git and run "git init".',
  },
  'lfs-filter-replaced': {
    message:
      'The Git setting {name} in {file} is "{value}" instead of Git LFS, so Git was not asked to run it.',
    hint: 'Find out who put it there. Take it out of {file} and run "git lfs install --local" in {root}; what waits is committed afterwards.',
  },
  'git-index-locked': {
    message: 'Another Git process has held {lock} for {seconds} seconds.',
    hint: 'Wait for that process; if none is running, delete the lock file and try again.',
  },
  'git-busy': {
    message: 'A {operation} is in progress in this project, so nothing is committed now.',
    hint: 'Finish or abort the {operation}; what waits is committed afterwards by itself.',
  },
  'media-not-lfs': {
    message: '{path} would enter Git as a plain file instead of Git LFS, so it was not committed.',
    hint: 'Run "git lfs install --local" in {root} and check that .gitattributes lists its type; it is committed afterwards.',
  },
  'project-name-invalid': {
    message: 'A project name has 1 to 200 characters on one line, and at least one of them can be seen.',
    hint: 'Choose another name.',
  },
  'folder-exists': {
    message: '{path} already exists.',
    hint: 'Choose another name, or move that folder away.',
  },
  'structure-unknown': {
    message: 'There is no narrative structure named "{structure}".',
    hint: 'Choose one of: {known}.',
  },
  'workspace-unusable': {
    message: 'The workspace {path} cannot be used: {reason}',
    hint: 'Choose a folder you may write to, with --workspace, AUTEUR_WORKSPACE or the setting auteur.workspace.path.',
  },
  'not-a-project': {
    message: '{path} is not an Auteur project.',
    hint: 'Go into a project folder, name one with -C, or make one with "auteur new".',
  },
  'project-not-made': {
    message: 'Git could not make the repository of {path}: {reason}',
    hint: 'Nothing was left behind. Mend the hook or the Git setting it names, then make the project again.',
  },
  'project-moved': {
    message: 'The project is no longer at {root}, so nothing was made there.',
    hint: 'Open the project where it is now and generate again.',
  },
  'file-unreadable': {
    message: '{path} cannot be read: {reason}',
    hint: 'Mend the file (your editor shows the place) or bring it back with "git checkout"; it was left as it is.',
  },
  'file-changed': {
    message: '{path} was changed by another program at the same moment, so nothing was written.',
    hint: 'Look at the change and try again.',
  },
  'schema-newer': {
    message: '{path} was written by a newer version of Auteur, so this version only reads it.',
    hint: 'Update Auteur Movie Director to change it.',
  },
  'schema-too-new': {
    message: '{path} was written by a newer version of Auteur, in a form that this version cannot read.',
    hint: 'Update Auteur Movie Director to open it; the file is left as it is.',
  },
  'path-outside': {
    message: '"{path}" leads outside the project, so it was not touched.',
    hint: 'Use a path inside the project, without "..", and no link that leads out.',
  },
  'project-locked': {
    message: 'Another process has been writing to {root} for {seconds} seconds.',
    hint: 'Wait for it to finish; if none is running, delete {lock} and try again.',
  },
  'address-invalid': {
    message: '"{address}" is no address.',
    hint: 'Write chapter/scene/shot by their numbers, e.g. 01/02/03.',
  },
  'address-unknown': {
    message: 'The film has no {what} {address}.',
    hint: 'Look at what there is, in the Projects view or with "auteur show".',
  },
  'nothing-to-generate': {
    message: 'There is no shot in {where}.',
    hint: 'Add a shot there, then generate.',
  },
  'asset-unknown': {
    message: 'The project has no {category} named "{name}".',
    hint: 'It has: {known}. For another one, make the folder {folder}, and put {entry} into the list "{list}" of "assets" in project.json.',
  },
  'asset-none': {
    message: 'The project has no {category} yet, so none named "{name}".',
    hint: 'Make the folder {folder}, and put {entry} into the list "{list}" of "assets" in project.json.',
  },
  'asset-ambiguous': {
    message: 'The project has more than one {category} named like "{name}".',
    hint: 'Write the name exactly as it is, or one of the ids {ids}.',
  },
  'value-invalid': {
    message: '{name} cannot be "{value}": {reason}',
    hint: 'Give another value.',
  },
  'film-missing': {
    message: 'There is no film here yet.',
    hint: 'Make one first, with "Auteur: {command}".',
  },
  'films-read-only': {
    message: 'Every film here was written by a newer version of Auteur, so this version only reads them.',
    hint: 'Update Auteur Movie Director to change them.',
  },
  'choices-unusable': {
    message:
      'No {what} here can be used: its file cannot be read, or was written by a newer version of Auteur.',
    hint: 'The Projects view marks what cannot be read. Mend it, or update Auteur Movie Director.',
  },
  'nothing-to-choose': {
    message: 'No film here has a {what} yet.',
    hint: 'Make one first, with "Auteur: {command}".',
  },
  'nothing-to-undo': {
    message: 'There is nothing to undo in {root}.',
    hint: 'Auteur undoes chapters, scenes and shots it added and takes it made active; what you typed yourself is undone in your editor.',
  },
  'nothing-to-redo': {
    message: 'There is nothing to do again in {root}.',
    hint: 'Only what was undone last can be done again, until the next edit.',
  },
  'undo-gone': {
    message: 'What "{summary}" did is no longer in {path}, so there was nothing to undo of it.',
    hint: 'Undo again for the edit before it.',
  },
  'undo-changed': {
    message: '"{summary}" was not undone, because {what} was changed since then in {path}.',
    hint: 'Change {path} by hand, then undo again for the edit before it.',
  },
  'undo-not-empty': {
    message: '"{summary}" was not undone, because {what} has {content} now.',
    hint: 'Take its {content} out of {path} first, then undo again.',
  },
  'undo-has-takes': {
    message: '"{summary}" was not undone, because shot {address} has takes.',
    hint: 'Keep the shot, or take it out of {path} by hand; its takes stay in {folder}.',
  },
  'undo-has-jobs': {
    message: '"{summary}" was not undone, because takes of shot {address} are being made.',
    hint: 'Wait for them, or cancel them, then undo again.',
  },
  'redo-impossible': {
    message: '"{summary}" was not done again, because {reason}.',
    hint: 'Make the edit anew where it belongs now.',
  },
  'take-unknown': {
    message: 'Shot {address} has no take {number}.',
    hint: 'Look at its takes, in the Projects view or with "auteur show {address}".',
  },
  'take-not-there': {
    message: 'The media of take {number} of shot {address} is {state}.',
    hint: 'Fetch it with "git lfs pull", or choose another take.',
  },
  'job-unknown': {
    message: 'There is no job {id}.',
    hint: 'Look at the jobs there are, on the Progress page or with "auteur jobs".',
  },
  'job-ended': {
    message: 'Job {id} has already ended ({status}).',
    hint: 'Nothing is left to cancel.',
  },
  'job-killed-runner': {
    message: 'This job ended the program that ran it {times} times, so it was set aside.',
    hint: 'Look at the log, change the shot or the pipeline, then generate again.',
  },
  'job-unreadable': {
    message: 'This version of Auteur cannot read what the job asks for, so it was set aside: {reason}',
    hint: 'Generate the take again.',
  },
  'pipeline-unknown': {
    message: 'There is no pipeline named "{pipeline}".',
    hint: 'This machine has: {known}.',
  },
  'pipeline-unavailable': {
    message: 'Pipeline {pipeline} cannot run here: {reason}',
    hint: 'Leave out --pipeline to let Auteur fall back to the storyboard.',
  },
  'reference-missing': {
    message: 'The reference picture {path} is not there.',
    hint: 'Put it back, or take it out of "references" in the asset.json beside it; then generate again.',
  },
  'reference-not-fetched': {
    message: 'The reference picture {path} is in Git LFS but was not fetched.',
    hint: 'Run "git lfs pull" in the project, then generate again.',
  },
  'reference-unusable': {
    message: 'The reference picture {path} cannot be drawn: {reason}',
    hint: 'Save it as PNG, RGB JPEG or GIF of at most 64 MB and 64 megapixels, or name another one in "references" of the asset.json beside it.',
  },
  'render-failed': {
    message: 'The storyboard could not be drawn: {reason}',
    hint: 'Try again; if it stays, report it with the address of the shot.',
  },
  'output-invalid': {
    message: 'The pipeline did not leave a usable result: {reason}',
    hint: 'Look at the log of the job, then generate again.',
  },
  'database-newer': {
    message: 'The queue on this machine was written by a newer version of Auteur.',
    hint: 'Update this Auteur Movie Director; the queue is untouched.',
  },
  'database-unusable': {
    message: 'The queue {path} cannot be opened: {reason}',
    hint: 'Check that the folder can be written, or set AUTEUR_HOME to another folder on a local disk.',
  },
  'home-on-network': {
    message: 'The state folder {path} is on a network disk, where a queue cannot be kept safely.',
    hint: 'Set AUTEUR_HOME to a folder on a local disk.',
  },
  untrusted: {
    message: 'This folder is not trusted, so nothing is run in it.',
    hint: 'Trust the folder first (command "Workspaces: Manage Workspace Trust").',
  },
  'studio-stopped': {
    message: 'The studio, which runs the jobs, has stopped: {reason}',
    hint: 'Accepted jobs are kept. Reload the window to start it again.',
  },
  'disk-full': {
    message: 'The disk is full: {reason}',
    hint: 'Free some space, then try again.',
  },
  'disk-failing': {
    message: 'The disk reported a fault: {reason}',
    hint: 'Check the disk, or the connection to it, then try again. What was recorded before is kept.',
  },
  'no-permission': {
    message: 'A file may not be read or written: {reason}',
    hint: 'Check who owns it and its permissions, then try again.',
  },
  unexpected: {
    message: 'Something unexpected went wrong: {reason}',
    hint: 'Try again; if it stays, report it with the log.',
  },
});

export type ErrorCode = keyof typeof catalogue;
