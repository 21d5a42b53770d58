"use strict";
/* A paper's id in; the 8 base-32 digits out by which readers' lists name it, so that the index need
   not hold them: 40 bits of BLAKE2b (RFC 7693), as siteplan.lookup.paper_key makes them. */
(() => {
  const conspectus = (window.conspectus = window.conspectus || {});

  const DIGITS = "abcdefghijklmnopqrstuvwxyz234567";
  const BYTES = 5;
  /** An id has at most 80 characters, so that one block of the hash holds it. */
  const BLOCK = 128;
  const WORD = (1n << 64n) - 1n;

  const START = [
    0x6a09e667f3bcc908n, 0xbb67ae8584caa73bn, 0x3c6ef372fe94f82bn, 0xa54ff53a5f1d36f1n,
    0x510e527fade682d1n, 0x9b05688c2b3e6c1fn, 0x1f83d9abfb41bd6bn, 0x5be0cd19137e2179n,
  ];
  /** The order in which each round takes the words of the message; the first two come again. */
  const ORDERS = [
    "0123456789abcdef", "ea489fd61c02b753", "b8c052fdae367194", "7931dcbe265a40f8",
    "905724afe1bc683d", "2c6a0b834d75fe19", "c51fed4a0763928b", "db7ec13950f4862a",
    "6fe9b308c2d714a5", "a2847615fb9e3cd0",
  ];
  const ROUNDS = 12;
  /** The words of the state that each step mixes: columns, then diagonals. */
  const STEPS = ["048c", "159d", "26ae", "37bf", "05af", "16bc", "278d", "349e"];

  const places = (text) => [...text].map((digit) => parseInt(digit, 16));
  const turn = (word, bits) => ((word >> bits) | (word << (64n - bits))) & WORD;

  /** @param {string} id @returns {string} */
  conspectus.keyOf = function keyOf(id) {
    const bytes = new Uint8Array(BLOCK);
    const { written } = new TextEncoder().encodeInto(id, bytes);
    let rest = first(message(bytes), BigInt(written));
    let bits = 0n;
    for (let byte = 0; byte < BYTES; byte += 1, rest >>= 8n) bits = (bits << 8n) | (rest & 255n);
    let digits = "";
    for (let place = BYTES * 8 - 5; place >= 0; place -= 5) {
      digits += DIGITS[Number((bits >> BigInt(place)) & 31n)];
    }
    return digits;
  };

  function message(bytes) {
    const view = new DataView(bytes.buffer);
    return Array.from({ length: 16 }, (_, word) => view.getBigUint64(8 * word, true));
  }

  /** The first word of the hash of one block. */
  function first(words, length) {
    const begin = [START[0] ^ 0x01010000n ^ BigInt(BYTES), ...START.slice(1)];
    const state = [...begin, ...START];
    state[12] ^= length;
    state[14] ^= WORD;
    for (let round = 0; round < ROUNDS; round += 1) {
      const order = places(ORDERS[round % ORDERS.length]);
      STEPS.forEach((step, index) => {
        mix(state, places(step), words[order[2 * index]], words[order[2 * index + 1]]);
      });
    }
    return begin[0] ^ state[0] ^ state[8];
  }

  function mix(state, [a, b, c, d], x, y) {
    state[a] = (state[a] + state[b] + x) & WORD;
    state[d] = turn(state[d] ^ state[a], 32n);
    state[c] = (state[c] + state[d]) & WORD;
    state[b] = turn(state[b] ^ state[c], 24n);
    state[a] = (state[a] + state[b] + y) & WORD;
    state[d] = turn(state[d] ^ state[a], 16n);
    state[c] = (state[c] + state[d]) & WORD;
    state[b] = turn(state[b] ^ state[c], 63n);
  }
})();
