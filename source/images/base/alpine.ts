import type {Image, ImageVariant} from '../../node/image/image.js';
import {busyboxTools, debianSlimTools, osRelease} from './tools.js';

const version = '3.21.3';

/** Tags such as `1.27-alpine` bring BusyBox where the others bring Debian's tools; what the image itself is for stays. */
export function alpineTags(image: Image): Image {
	if (!Object.keys(image.tags).some(tag => tag.includes('alpine'))) return image;
	const tools = [...new Set([...busyboxTools, 'apk', ...image.tools.filter(tool => !debianSlimTools.includes(tool))])];
	const onAlpine = (variant: ImageVariant): ImageVariant => ({
		...variant,
		tools,
		files: {...variant.files, '/etc/alpine-release': `${version}\n`, '/etc/os-release': osRelease.alpine(version)},
	});
	const tags = Object.entries(image.tags).map(([tag, variant]) => [tag, tag.includes('alpine') ? onAlpine(variant) : variant] as const);
	return {...image, tags: Object.fromEntries(tags)};
}
