/** Chance that can be repeated: the same seed and salt give the same sequence everywhere. */
export class Random {
  #state: number;

  constructor(seed: number, salt = '') {
    this.#state = (hash(salt) ^ Math.imul(seed >>> 0, 0x9e3779b1)) >>> 0;
    this.next();
  }

  /** 0 ≤ value < 1 (mulberry32). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 0x1_0000_0000;
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.next();
  }

  /** Around zero, at most `size` away. */
  about(size: number): number {
    return this.between(-size, size);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  sign(): 1 | -1 {
    return this.chance(0.5) ? 1 : -1;
  }

  pick<T>(first: T, ...others: readonly T[]): T {
    return [first, ...others][Math.floor(this.next() * (others.length + 1))] ?? first;
  }
}

/** FNV-1a over UTF-16 units, stirred so that similar words land far apart. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  return (value ^ (value >>> 13)) >>> 0;
}
