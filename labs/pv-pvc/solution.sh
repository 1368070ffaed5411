# From YAML.
kubectl apply -f - <<EOF
apiVersion: v1
kind: PersistentVolume
metadata: {name: disk}
spec:
  capacity: {storage: 1Gi}
  accessModes: [ReadWriteOnce]
  persistentVolumeReclaimPolicy: Retain
  storageClassName: manual
  hostPath: {path: /srv/disk}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec:
  accessModes: [ReadWriteOnce]
  storageClassName: manual
  resources: {requests: {storage: 500Mi}}
---
apiVersion: v1
kind: Pod
metadata: {name: writer}
spec:
  volumes: [{name: v, persistentVolumeClaim: {claimName: data}}]
  containers:
    - name: myapp
      image: myapp:v1
      volumeMounts: [{name: v, mountPath: /data}]
EOF
kubectl wait --for condition=Ready pod/writer
kubectl exec writer -- sh -c 'echo kept > /data/hello'
kubectl patch pv old --type json -p '[{"op":"remove","path":"/spec/claimRef"}]'
