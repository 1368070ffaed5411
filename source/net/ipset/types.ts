export type SetPart = 'ip' | 'net' | 'port' | 'mac' | 'iface' | 'mark' | 'set';

export interface SetType {
	/** What an entry is made of. */
	readonly parts: readonly SetPart[];
	/** Of the recording kernel (6.x). */
	readonly revision: number;
	/** Bytes: an empty set, and each member. */
	readonly size: readonly [empty: number, member: number];
}

export const setTypes: Readonly<Record<string, SetType>> = {
	'hash:ip': {parts: ['ip'], revision: 6, size: [216, 40]},
	'hash:net': {parts: ['net'], revision: 7, size: [472, 48]},
	'hash:mac': {parts: ['mac'], revision: 1, size: [216, 32]},
	'hash:ip,port': {parts: ['ip', 'port'], revision: 7, size: [216, 48]},
	'hash:ip,mark': {parts: ['ip', 'mark'], revision: 3, size: [216, 48]},
	'hash:ip,port,ip': {parts: ['ip', 'port', 'ip'], revision: 6, size: [208, 56]},
	'hash:ip,port,net': {parts: ['ip', 'port', 'net'], revision: 8, size: [464, 56]},
	'hash:net,port': {parts: ['net', 'port'], revision: 8, size: [472, 48]},
	'hash:net,net': {parts: ['net', 'net'], revision: 3, size: [728, 64]},
	'hash:net,iface': {parts: ['net', 'iface'], revision: 8, size: [472, 64]},
	'bitmap:port': {parts: ['port'], revision: 3, size: [8264, 0]},
	'list:set': {parts: ['set'], revision: 3, size: [80, 32]},
};
