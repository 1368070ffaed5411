# All in one file; scaled afterwards.
kubectl apply -f - <<EOF
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  clusterIP: None
  selector: {tier: db}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: web}
spec:
  serviceName: web
  selector: {matchLabels: {tier: db}}
  template:
    metadata: {labels: {tier: db}}
    spec: {containers: [{name: db, image: "myapp:v2"}]}
EOF
kubectl scale sts web --replicas ${n}
