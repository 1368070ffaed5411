# Nobody waited: the cluster still believes that the node lives.
# misses: down, alive
kubectl patch deployment web -p '{"spec":{"template":{"spec":{"tolerations":[{"key":"node.kubernetes.io/unreachable","operator":"Exists","effect":"NoExecute","tolerationSeconds":20},{"key":"node.kubernetes.io/not-ready","operator":"Exists","effect":"NoExecute","tolerationSeconds":20}]}}}}'
kubectl rollout status deployment web
ssh k8s-node2 poweroff
