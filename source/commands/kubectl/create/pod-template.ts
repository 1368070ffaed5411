import type {Random} from '../../../sim/random.js';

/** A container as kubectl writes it: keys in the order of corev1.Container. */
export const container = (name: string, image: string, rest: {command?: readonly string[]; ports?: readonly unknown[]} = {}) => ({
	name,
	image,
	...(rest.command && rest.command.length > 0 && {command: rest.command}),
	...(rest.ports && {ports: rest.ports}),
	resources: {},
});

/** The container's name: the image without registry, tag and digest; characters that names may not have are replaced. */
export function nameOfImage(image: string, random: Random): string {
	const name = (image.split('/').at(-1) ?? '').split(':')[0]!.split('@')[0]!;
	return /[_.]/.test(name) ? `${name.replace(/[_.]/g, '-')}-${random.suffix(5)}` : name;
}

/** distribution/reference: what may be written as an image. */
export const isImageReference = (image: string): boolean =>
	/^(?:(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])(?:\.(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))*(?::\d+)?\/)?[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*(?::\w[\w.-]{0,127})?(?:@[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,})?$/.test(
		image,
	);
