# The volume waits for its claim by name, the claim asks for its volume; an init container writes; claimRef is turned to the new claim.
cat > disk.json <<'E'
{"apiVersion": "v1", "kind": "PersistentVolume", "metadata": {"name": "disk"}, "spec": {
  "claimRef": {"namespace": "default", "name": "data"}, "storageClassName": "manual",
  "capacity": {"storage": "1Gi"}, "accessModes": ["ReadWriteOnce"], "local": {"path": "/mnt"},
  "nodeAffinity": {"required": {"nodeSelectorTerms": [{"matchExpressions": [{"key": "kubernetes.io/hostname", "operator": "In", "values": ["k8s-node1"]}]}]}}}}
E
kubectl create -f disk.json
kubectl get pvc again -o json | jq '{apiVersion, kind, metadata: {name: "data"}, spec: (.spec | .volumeName = "disk" | .storageClassName = "manual" | .accessModes = ["ReadWriteOnce"] | .resources.requests.storage = "500Mi")}' | kubectl create -f -
kubectl run writer --image myapp:v1 --dry-run=client -o json \
  | jq '.spec.volumes = [{name: "d", persistentVolumeClaim: {claimName: "data"}}] | .spec.containers[0].volumeMounts = [{name: "d", mountPath: "/data"}]
    | .spec.initContainers = [.spec.containers[0] + {name: "hello", command: ["sh", "-c", "echo kept > /data/hello"]}]' | kubectl replace --force -f -
kubectl patch pv old -p '{"spec": {"claimRef": {"name": "again", "uid": null, "resourceVersion": null}}}'
sleep 30
