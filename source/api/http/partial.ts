/** meta.k8s.io/v1 PartialObjectMetadata: what a client takes that only wants to know what is there. */
export function partial(body: any): object {
	if (!Array.isArray(body?.items)) return one(body);
	return {
		kind: 'PartialObjectMetadataList',
		apiVersion: 'meta.k8s.io/v1',
		metadata: body.metadata,
		items: body.items.map(one),
	};
}

const one = ({metadata}: any) => ({kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata});
