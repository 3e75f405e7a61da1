/** So far a card may be from the size it is sold as: drivers and error correction keep some for themselves. */
const kept = 0.04;

/** The size a card is sold as, which is what pipelines ask for: 24564 MiB is a card of 24 GB. */
export function nominalGb(megabytes: number): number {
  const exact = megabytes / 1024;
  const whole = Math.round(exact);
  return Math.abs(exact - whole) <= kept * exact ? whole : Math.floor(exact * 10) / 10;
}
