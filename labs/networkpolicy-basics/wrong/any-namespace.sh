# The namespace selector was left empty: frontends of every namespace are let in.
# misses: stranger
cat <<EOF | kubectl apply -f -
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec:
  podSelector: {matchLabels: {app: web}}
  ingress:
    - from:
        - podSelector: {matchLabels: {role: frontend}}
          namespaceSelector: {}
EOF
