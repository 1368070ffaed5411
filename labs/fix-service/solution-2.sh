# Objects written back changed.
# if: selector
kubectl get svc shop -o yaml | sed 's/fornt/front/' | kubectl replace -f -
# end
# if: target-port
kubectl get svc shop -o yaml | sed 's/targetPort: 8080/targetPort: 80/' | kubectl replace -f -
# end
# if: probe
kubectl get deployment shop -o yaml | sed 's#path: /health#path: /#' | kubectl replace -f -
# end
