# Scaled afterwards; the Service written; the label patched.
kubectl apply -f - <<EOF
apiVersion: v1
kind: ReplicationController
metadata: {name: web}
spec:
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: myapp, image: "myapp:v2"}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
  ports: [{port: 80}]
EOF
kubectl scale rc web --replicas ${n}
kubectl patch $(kubectl get pods -l app=web -o name | tail -n 1) -p '{"metadata":{"labels":{"app":"debug"}}}'
kubectl delete replicationcontroller/old --cascade=orphan
