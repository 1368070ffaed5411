# Written back changed; a pod on every worker instead of another policy.
# if: local
kubectl get svc shop -o yaml | sed 's/externalTrafficPolicy: Local/externalTrafficPolicy: Cluster/' | kubectl replace -f -
# end
# if: port
kubectl get svc shop -o yaml | sed 's/30099/30090/' | kubectl replace -f -
# end
# if: policy
kubectl get netpol shop -o yaml | sed 's/172.16.254.0/172.25.254.0/' | kubectl replace -f -
kubectl patch netpol shop --type json -p '[{"op":"add","path":"/spec/ingress/-","value":{"from":[{"ipBlock":{"cidr":"10.244.0.0/32"}},{"ipBlock":{"cidr":"10.244.0.0/16","except":["10.244.1.0/26","10.244.2.0/26"]}}]}}]'
# end
