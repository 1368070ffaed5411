# Values in a file; back to the revision before without naming it.
cat > my.yaml <<'END'
replicaCount: ${replicas}
service:
  nodePort: ${port}
END
helm upgrade --install shop ./shop -f my.yaml --wait
helm upgrade shop ./shop -f my.yaml --set image.tag=v9 --wait --timeout 20s
helm rollback shop
