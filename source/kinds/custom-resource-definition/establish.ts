/**
 * What two controllers inside kube-apiserver say of a new definition within milliseconds: its names are taken, it is served.
 * Models apiextensions-apiserver/pkg/controller/{status,establish}.
 */
export function establish(definition: any): void {
	const lastTransitionTime = definition.metadata.creationTimestamp;
	definition.status = {
		conditions: [
			{type: 'NamesAccepted', status: 'True', lastTransitionTime, reason: 'NoConflicts', message: 'no conflicts found'},
			{
				type: 'Established',
				status: 'True',
				lastTransitionTime,
				reason: 'InitialNamesAccepted',
				message: 'the initial names have been accepted',
			},
		],
		acceptedNames: definition.spec.names,
		storedVersions: (definition.spec.versions ?? []).filter((version: any) => version.storage).map((version: any) => version.name),
	};
}
