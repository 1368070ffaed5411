import type {KubeObject} from '../../../api/object.js';
import {toJsonLine} from '../output/json-print.js';

export const lastAppliedAnnotation = 'kubectl.kubernetes.io/last-applied-configuration';

/** The configuration as text, without its own annotation: what the next apply compares with. */
export function configurationText(object: KubeObject): string {
	const {[lastAppliedAnnotation]: _, ...annotations} = object.metadata.annotations ?? {};
	return `${toJsonLine({...object, metadata: {...object.metadata, annotations}})}\n`;
}

/** An object as it is, as text: what `set-last-applied` and `edit-last-applied` write (editor.GetApplyPatch). */
export const plainText = (object: KubeObject): string => `${toJsonLine(object)}\n`;

/** The same for an object that kubectl made itself: keys in the order of the Go struct, and no map that is empty. */
export const withSavedConfig = (object: KubeObject): KubeObject => ({
	...object,
	metadata: {...object.metadata, annotations: {...object.metadata.annotations, [lastAppliedAnnotation]: `${JSON.stringify(object)}\n`}},
});

export const withLastApplied = (object: KubeObject): KubeObject => ({
	...object,
	metadata: {...object.metadata, annotations: {...object.metadata.annotations, [lastAppliedAnnotation]: configurationText(object)}},
});
