import {putContainers} from './containers.js';
import {putAnnotations, putLabels} from './labels.js';
import {Lines} from './lines.js';
import {putSpreadConstraints, putTolerations} from './scheduling.js';
import {putVolumes} from './volumes.js';

/** The pod template of a workload. */
export function putPodTemplate(lines: Lines, template: any): void {
	lines.put(0, 'Pod Template:\n');
	if (!template) {
		lines.put(1, '<unset>');
		return;
	}

	const spec = template.spec ?? {};
	putLabels(lines, '  Labels', template.metadata?.labels);
	if (Object.keys(template.metadata?.annotations ?? {}).length > 0) putAnnotations(lines, '  Annotations', template.metadata.annotations);
	lines.rowIf(1, 'Service Account', spec.serviceAccountName);
	if (spec.initContainers?.length > 0) putContainers(lines, 'Init Containers', spec.initContainers, undefined, undefined, '  ');
	putContainers(lines, 'Containers', spec.containers, undefined, undefined, '  ');
	putVolumes(lines, spec.volumes, '  ');
	putSpreadConstraints(lines, spec.topologySpreadConstraints, '  ');
	lines.rowIf(1, 'Priority Class Name', spec.priorityClassName);
	putLabels(lines, '  Node-Selectors', spec.nodeSelector);
	putTolerations(lines, '  Tolerations', spec.tolerations);
}

/** As `kubectl rollout history --revision` shows one revision: the tabs stay what they are. */
export function describePodTemplate(template: any, changeCause = ''): string {
	const lines = new Lines();
	const annotations =
		changeCause === '' ? template.metadata?.annotations : {...template.metadata?.annotations, 'kubernetes.io/change-cause': changeCause};
	putPodTemplate(lines, {...template, metadata: {...template.metadata, ...(annotations && {annotations})}});
	return lines.raw();
}
