# Everything from YAML.
kubectl apply -f - <<EOF
apiVersion: v1
kind: Service
metadata: {name: outside}
spec: {ports: [{port: 80}]}
---
apiVersion: v1
kind: Endpoints
metadata: {name: outside}
subsets:
  - addresses:
      - ip: 172.25.254.10
      - ip: 172.25.254.20
    ports: [{port: 30080}]
---
apiVersion: v1
kind: Service
metadata: {name: quiet}
spec: {ports: [{port: 80}]}
---
apiVersion: v1
kind: Endpoints
metadata:
  name: quiet
  labels: {endpointslice.kubernetes.io/skip-mirror: "true"}
subsets: [{addresses: [{ip: 172.25.254.10}], ports: [{port: 30080}]}]
EOF
