# Not a hash: nobody gets in. And the other host was locked as well.
# misses: open, public
kubectl create secret generic auth-web --from-literal=auth=lee:${password}
kubectl annotate ingress admin www nginx.ingress.kubernetes.io/auth-type=basic nginx.ingress.kubernetes.io/auth-secret=auth-web
