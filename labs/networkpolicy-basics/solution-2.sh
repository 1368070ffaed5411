# Two policies that add up, with namespace and pod in one entry; made with create.
cat <<EOF | kubectl create -f -
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web-closed}
spec:
  podSelector: {matchLabels: {app: web}}
  policyTypes: [Ingress]
EOF
cat <<EOF | kubectl create -f -
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web-frontend}
spec:
  podSelector: {matchExpressions: [{key: app, operator: In, values: [web]}]}
  ingress:
    - from:
        - podSelector: {matchLabels: {role: frontend}}
          namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: default}}
EOF
