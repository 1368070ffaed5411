# The old volume is deleted and made anew: bound, but the data of a real one would be out of reach.
# misses: bound, writer, again
kubectl delete pv old
kubectl apply -f - <<EOF
apiVersion: v1
kind: PersistentVolume
metadata: {name: old}
spec:
  capacity: {storage: 2Gi}
  accessModes: [ReadWriteMany]
  storageClassName: shared
  hostPath: {path: /srv/old}
EOF
