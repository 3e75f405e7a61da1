/** A guessed time, no more exact than it is: "40 s", "7 min", "3 h 20 min". */
export function roughDuration(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  if (seconds <= 90) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  const tens = Math.round(minutes / 10);
  const [hours, rest] = [Math.floor(tens / 6), (tens % 6) * 10];
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}
