# One dash too many: every frontend of this namespace, or all of namespace default.
# misses: other
cat <<EOF | kubectl apply -f -
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec:
  podSelector: {matchLabels: {app: web}}
  ingress:
    - from:
        - podSelector: {matchLabels: {role: frontend}}
        - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: default}}
EOF
