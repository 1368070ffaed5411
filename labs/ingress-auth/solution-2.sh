# The hash by openssl, given as a literal; the Ingress annotated.
kubectl create secret generic door --from-literal=auth="lee:$(openssl passwd -apr1 ${password})"
kubectl annotate ingress admin nginx.ingress.kubernetes.io/auth-type=basic nginx.ingress.kubernetes.io/auth-secret=door
