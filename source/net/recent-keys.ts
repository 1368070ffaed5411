type Spell = (kind: string, address: string, port: number, peer: string, peerPort: number) => string;

interface Spelt {
	readonly kind: string;
	readonly address: string;
	readonly port: number;
	readonly peer: string;
	readonly peerPort: number;
	readonly key: string;
}

/** The packets of a connection come one after another: both ways of it, and of the one that it causes. */
const spelt = 8;

/** Keys of the rows that belong to two ends. A fresh string must be joined and hashed at each look-up: the latest few are kept. */
export function recentKeys(spell: Spell): Spell {
	const recent: Spelt[] = [];
	let oldest = 0;
	return (kind, address, port, peer, peerPort) => {
		for (const each of recent) {
			if (each.port === port && each.peerPort === peerPort && each.address === address && each.peer === peer && each.kind === kind)
				return each.key;
		}
		const key = spell(kind, address, port, peer, peerPort);
		recent[oldest] = {kind, address, port, peer, peerPort, key};
		oldest = (oldest + 1) % spelt;
		return key;
	};
}
