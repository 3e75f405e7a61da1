const attempts = 6;

/** Does again what the workbench, busy with itself, has ignored. */
export async function repeat(attempt: () => Promise<void>): Promise<void> {
  for (let count = 1; ; count++) {
    try {
      await attempt();
      return;
    } catch (error) {
      if (count === attempts) throw error;
    }
  }
}
