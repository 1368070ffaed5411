# One of the two servers is forgotten, and quiet is mirrored like any other.
# misses: both, mirrored, quiet
kubectl apply -f - <<EOF
apiVersion: v1
kind: Service
metadata: {name: outside}
spec: {ports: [{port: 80}]}
---
apiVersion: v1
kind: Endpoints
metadata: {name: outside}
subsets: [{addresses: [{ip: 172.25.254.10}], ports: [{port: 30080}]}]
---
apiVersion: v1
kind: Service
metadata: {name: quiet}
spec: {ports: [{port: 80}]}
---
apiVersion: v1
kind: Endpoints
metadata: {name: quiet}
subsets: [{addresses: [{ip: 172.25.254.10}], ports: [{port: 30080}]}]
EOF
