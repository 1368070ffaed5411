import type {KubeObject} from '../api/object.js';

/** The uid that a pod's node knows it by: a mirror pod stands for a static one that has its own. */
export const uidOnNode = ({metadata}: KubeObject): string => metadata.annotations?.['kubernetes.io/config.mirror'] ?? metadata.uid!;
