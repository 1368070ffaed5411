# The whole object applied as it should be.
kubectl replace -f - <<EOF
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: myapp, image: "myapp:v2"}]}
EOF
kubectl rollout status deployment web --timeout 60s
