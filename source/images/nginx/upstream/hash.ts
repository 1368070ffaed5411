import {crc32} from 'node:zlib';
import type {Directive} from '../config/configuration.js';
import type {Peer} from './peer.js';

const crc = (text: string, before = 0): number => crc32(Buffer.from(text, 'latin1'), before);

/** `hash $key`: as Cache::Memcached has it (ngx_http_upstream_get_hash_peer). */
export const keyHash = (key: string): number => (crc(key) >>> 16) & 0x7fff;

/** The peer that a number falls to, each by its weight. */
export function atWeight(peers: readonly Peer[], hash: number): number {
	let rest = hash % peers.reduce((sum, {weight}) => sum + weight, 0);
	return peers.findIndex(({weight}) => (rest -= weight) < 0);
}

/** Blocks are immutable: this is only a cache. */
const rings = new WeakMap<Directive, ReadonlyArray<readonly [hash: number, peer: number]>>();

/** `hash $key consistent`: the next point on a ring of 160 for each weight (ngx_http_upstream_update_chash). */
export function onRing(method: Directive, peers: readonly Peer[], key: string): number {
	let ring = rings.get(method);
	if (!ring) rings.set(method, (ring = peers.flatMap(pointsOf).sort(([one], [other]) => one - other)));
	const wanted = crc(key);
	return (ring.find(([hash]) => hash >= wanted) ?? ring[0]!)[1];
}

function pointsOf({address, weight}: Peer, peer: number): Array<readonly [hash: number, peer: number]> {
	const [, host = address, port = ''] = /^(.*?)(?::(\d+))?$/.exec(address) ?? [];
	const base = crc(`${host}\0${port}`);
	let before = 0;
	return Array.from({length: weight * 160}, () => {
		before = crc(String.fromCharCode(before & 255, (before >>> 8) & 255, (before >>> 16) & 255, before >>> 24), base);
		return [before, peer] as const;
	});
}
