/** Where a variable comes from, as `kubectl set env --list` says it (kubectl/pkg/cmd/set/env/env_resolve.go). */
export function describeEnvSource(source: any): string {
	if (source.configMapKeyRef) return `configmap ${source.configMapKeyRef.name}, key ${source.configMapKeyRef.key}`;
	if (source.secretKeyRef) return `secret ${source.secretKeyRef.name}, key ${source.secretKeyRef.key}`;
	if (source.fieldRef) return `field path ${source.fieldRef.fieldPath}`;
	if (source.resourceFieldRef)
		return `resource field ${source.resourceFieldRef.containerName ? `from ${source.resourceFieldRef.containerName}, ` : ''}${source.resourceFieldRef.resource}`;
	return 'invalid valueFrom';
}
