/** `RWO,ROX`: each mode once, in this order. */
const modes = [
	['ReadWriteOnce', 'RWO'],
	['ReadOnlyMany', 'ROX'],
	['ReadWriteMany', 'RWX'],
	['ReadWriteOncePod', 'RWOP'],
] as const;

export const accessModesText = (present: readonly string[] | undefined): string =>
	modes
		.filter(([name]) => present?.includes(name))
		.map(([, short]) => short)
		.join(',');

/** The old annotation beats the field. */
export const storageClassOf = (metadata: any, spec: any): string =>
	metadata.annotations?.['volume.beta.kubernetes.io/storage-class'] ?? spec?.storageClassName ?? '';
