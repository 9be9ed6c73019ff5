using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Util;

namespace ChaosHarness.Aws.Clients;

/// <summary>Looks the endpoint of each request up.</summary>
internal sealed class ClientEndpoints : BaseEndpointResolver
{
    public static EndpointParameters Parameters(IClientConfig config, string? alternateRegion)
    {
        var elsewhere = config.ServiceURL;
        var region = alternateRegion ?? config.RegionEndpoint?.SystemName;
        if (region is null && !string.IsNullOrEmpty(elsewhere))
        {
            region = string.IsNullOrEmpty(config.AuthenticationRegion) ? AWSSDKUtils.DetermineRegion(elsewhere) : config.AuthenticationRegion;
        }

        return new EndpointParameters
        {
            [RegionalEndpoints.Region] = region!,
            [RegionalEndpoints.Elsewhere] = elsewhere!,
            [RegionalEndpoints.DualStack] = config.UseDualstackEndpoint,
            [RegionalEndpoints.Fips] = config.UseFIPSEndpoint,
        };
    }

    // An endpoint that is elsewhere does not say which region it is, but the configuration does.
    protected override void ServiceSpecificHandler(IExecutionContext executionContext, EndpointParameters parameters)
    {
        var request = executionContext.RequestContext.Request;
        request.AuthenticationRegion ??= parameters[RegionalEndpoints.Region] as string;
        InjectHostPrefix(executionContext.RequestContext);
    }

    protected override EndpointParameters MapEndpointsParameters(IRequestContext requestContext) =>
        Parameters(requestContext.ClientConfig, requestContext.Request.AlternateEndpoint?.SystemName);
}
