import {type Snapshot, type SnapshotJson, snapshotFromJson} from '../sim/state.js';

/**
 * Booted worlds, kept: as a virtual machine is started from an image of a disk on which the installer has run. A world is a value, so
 * the image is a snapshot, and a new world of the same profile shares its memory until it writes.
 */
const images = new Map<string, Snapshot>();
let shelf: (profile: string) => SnapshotJson | undefined = () => undefined;

/** Where images made at build time are read from; without it the first world of a profile is booted. */
export function readGoldenImages(read: (profile: string) => SnapshotJson | undefined): void {
	shelf = read;
}

export function goldenImage(profile: string): Snapshot | undefined {
	const known = images.get(profile);
	if (known) return known;
	const json = shelf(profile);
	return json && keepGoldenImage(profile, snapshotFromJson(json));
}

export function keepGoldenImage(profile: string, image: Snapshot): Snapshot {
	images.set(profile, image);
	return image;
}
