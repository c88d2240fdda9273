# Two stages: build without C, then an image with nothing in it but the service.
FROM golang:1.26 AS build
ARG VERSION=onbekend
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags "-s -w -X main.version=${VERSION}" -o /out/lmz-triage ./cmd/lmz-triage
RUN mkdir -p /out/data

FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /out/lmz-triage /lmz-triage
COPY --from=build --chown=nonroot:nonroot /out/data /data
USER nonroot
ENV LMZ_DATA=/data LMZ_ADDR=0.0.0.0:8080
EXPOSE 8080
VOLUME /data
HEALTHCHECK --interval=30s --timeout=5s CMD ["/lmz-triage", "health"]
ENTRYPOINT ["/lmz-triage"]
CMD ["serve"]
