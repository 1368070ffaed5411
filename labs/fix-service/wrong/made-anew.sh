# A new Service in its place: it answers, at another address.
# misses: same
# if: probe
kubectl patch deployment shop --type json -p '[{"op":"replace","path":"/spec/template/spec/containers/0/readinessProbe/httpGet/path","value":"/"}]'
# end
kubectl delete svc shop
kubectl expose deployment shop --port 80
