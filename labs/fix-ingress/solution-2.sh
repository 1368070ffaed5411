# Where another place can be mended as well, that one.
# if: class
kubectl get ingress shop -o yaml | sed 's/ngnix/nginx/' | kubectl replace -f -
# end
# if: port
kubectl get ingress shop -o yaml | sed 's/number: 8080/number: 80/' | kubectl replace -f -
# end
# if: secret
kubectl create secret generic shop-door --from-literal=auth="lee:$(openssl passwd -apr1 redhat)"
# end
# if: endpoints
kubectl patch deployment shop -p '{"spec":{"template":{"metadata":{"labels":{"release":"stable"}}}}}'
# end
