import type {Files} from '../../os/files.js';
import type {Layer} from '../../os/layer.js';
import type {Machine} from '../host/machine.js';
import {imageTree} from '../image/image-tree.js';
import type {Bind} from './model.js';
import type {LocalImage} from './docker.js';

export const volumePath = (name: string): string => `/var/lib/docker/volumes/${name}/_data`;

/** A new volume begins with what the image has in its place. */
export function copyUp({machine: {files}}: {readonly machine: Machine}, image: LocalImage, {source, target}: Bind): void {
	const path = volumePath(source);
	if (!files.exists(path)) files.makeFolder(path, {recursive: true});
	if (files.list(path).length > 0) return;
	copyTree(imageTree(image.resolved), target, files, path);
}

function copyTree(layer: Layer, from: string, files: Files, to: string): void {
	const inode = layer.get(from);
	if (inode?.type === 'symlink') files.symlink(inode.text ?? '', to);
	else if (inode?.type === 'file') {
		files.write(to, inode.text ?? '', {mode: inode.mode});
	} else if (inode?.type === 'folder') {
		if (!files.exists(to)) files.makeFolder(to, {mode: inode.mode});
		for (const name of layer.children(from)) copyTree(layer, `${from}/${name}`, files, `${to}/${name}`);
	}
}
