/** For so long what was done may take to show, before it is done again. */
export const soon = { timeout: 5_000 };

/** Does again what the workbench, busy with itself, has ignored. */
export async function repeat(attempt: () => Promise<void>, attempts = 6): Promise<void> {
  for (let count = 1; ; count++) {
    try {
      await attempt();
      return;
    } catch (error) {
      if (count === attempts) throw error;
    }
  }
}
