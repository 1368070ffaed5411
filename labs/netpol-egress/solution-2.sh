# Two policies add up; made by JSON.
kubectl create -f - <<EOF
{"apiVersion":"networking.k8s.io/v1","kind":"NetworkPolicy","metadata":{"name":"first"},"spec":{"podSelector":{"matchLabels":{"role":"worker"}},"policyTypes":["Egress"],"egress":[{"ports":[{"port":53,"protocol":"UDP"}],"to":[{"namespaceSelector":{}}]}]}}
EOF
kubectl create -f - <<EOF
{"apiVersion":"networking.k8s.io/v1","kind":"NetworkPolicy","metadata":{"name":"second"},"spec":{"podSelector":{"matchExpressions":[{"key":"role","operator":"In","values":["worker"]}]},"policyTypes":["Egress"],"egress":[{"ports":[{"port":80}],"to":[{"podSelector":{"matchLabels":{"app":"store"}}}]}]}}
EOF
