/** The folders of a ComfyUI server, which outlive its process. */
export class ComfyDisk {
  readonly inputs = new Map<string, Buffer>();
  /** By type, sub-folder and name. */
  readonly outputs = new Map<string, Buffer>();

  /** As `get_save_image_path`: the next number after those there are. */
  save(
    type: string,
    prefix: string,
    { extension, content }: { extension: string; content: Buffer },
  ): SavedFile {
    const at = prefix.lastIndexOf('/');
    const subfolder = at < 0 ? '' : prefix.slice(0, at);
    const base = prefix.slice(at + 1);
    if (subfolder.split('/').includes('..'))
      throw new Error('Saving image outside the output folder is not allowed.');
    const start = `${type}|${subfolder}|${base}_`;
    const numbers = [...this.outputs.keys()]
      .filter((key) => key.startsWith(start))
      .map((key) => Number(/^(\d+)/.exec(key.slice(start.length))?.[1] ?? 0));
    const number = String(Math.max(0, ...numbers) + 1).padStart(5, '0');
    const filename = `${base}_${number}_.${extension}`;
    this.outputs.set(`${type}|${subfolder}|${filename}`, content);
    return { filename, subfolder, type };
  }

  /** As `/upload/image`: the same content keeps its name, another gets a number behind it. */
  upload(name: string, content: Buffer, overwrite: boolean): string {
    const dot = name.lastIndexOf('.');
    const nameOf = (index: number): string =>
      index === 0 ? name : `${name.slice(0, dot)} (${index})${name.slice(dot)}`;
    for (let index = 0; ; index++) {
      const there = this.inputs.get(nameOf(index));
      if (there !== undefined && !overwrite && !there.equals(content)) continue;
      this.inputs.set(nameOf(index), content);
      return nameOf(index);
    }
  }
}

export interface SavedFile {
  readonly filename: string;
  readonly subfolder: string;
  readonly type: string;
}
