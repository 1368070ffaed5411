# Patches.
# if: local
kubectl patch svc shop -p '{"spec":{"externalTrafficPolicy":"Cluster"}}'
# end
# if: port
kubectl patch svc shop --type json -p '[{"op":"replace","path":"/spec/ports/0/nodePort","value":30090}]'
# end
# if: policy
kubectl patch netpol shop --type json -p '[{"op":"replace","path":"/spec/ingress/0/from/1/ipBlock/cidr","value":"172.25.254.0/24"},{"op":"add","path":"/spec/ingress/0/from/-","value":{"ipBlock":{"cidr":"10.244.0.0/16","except":["10.244.1.0/26","10.244.2.0/26"]}}}]'
# end
