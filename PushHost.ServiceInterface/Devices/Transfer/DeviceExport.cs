using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using PushHost.ServiceInterface.Storage;
using PushHost.ServiceInterface.Storage.Rows;

namespace PushHost.ServiceInterface.Devices.Transfer;

/// <summary>Writes devices as they are read, page by page in order of their id.</summary>
/// <param name="database">Each page is a read of its own, so that the export never keeps the write-ahead log from being reused.</param>
/// <param name="whereAfter">The condition for the devices behind an id.</param>
/// <param name="first">The id behind which the export begins.</param>
internal sealed class DeviceExport(Database database, Func<long, SqlWhere> whereAfter, long first)
{
    private const int PageSize = 500;
    private const int FlushBytes = 64 * 1024;

    /// <summary>Writes until the last device, or until nobody reads any more.</summary>
    public async Task WriteAsync(Stream stream, TransferFormat format, CancellationToken cancellationToken)
    {
        var pipe = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
        Action<DeviceRow> write = format == TransferFormat.Csv ? Csv(pipe) : Json(pipe);
        var after = first;
        while (Page(after) is { Count: > 0 } page)
        {
            foreach (var row in page)
            {
                write(row);
                if (pipe.UnflushedBytes >= FlushBytes)
                    await pipe.FlushAsync(cancellationToken);
            }
            after = page[^1].Id;
        }
        await pipe.FlushAsync(cancellationToken);
        await pipe.CompleteAsync();
    }

    private List<DeviceRow> Page(long after)
    {
        using var session = database.Read();
        return DeviceStore.Page(session, whereAfter(after), "id", PageSize, skip: 0);
    }

    private static Action<DeviceRow> Json(IBufferWriter<byte> output)
    {
        var writer = new Utf8JsonWriter(output, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
        return row =>
        {
            writer.WriteStartObject();
            foreach (var column in DeviceColumns.All)
            {
                if (column.Value(row) is { } value)
                    Write(writer, column.Name, value);
            }
            writer.WriteEndObject();
            writer.Flush();
            writer.Reset();
            output.Write("\n"u8);
        };
    }

    private static void Write(Utf8JsonWriter writer, string name, object value)
    {
        writer.WritePropertyName(name);
        switch (value)
        {
            case bool truth:
                writer.WriteBooleanValue(truth);
                break;
            case long number:
                writer.WriteNumberValue(number);
                break;
            case DateTimeOffset time:
                writer.WriteStringValue(time.UtcDateTime);
                break;
            case string[] tags:
                writer.WriteStartArray();
                foreach (var tag in tags)
                    writer.WriteStringValue(tag);
                writer.WriteEndArray();
                break;
            case JsonObjectText json:
                writer.WriteRawValue(json.Text, skipInputValidation: true);
                break;
            default:
                writer.WriteStringValue((string)value);
                break;
        }
    }

    private static Action<DeviceRow> Csv(IBufferWriter<byte> output)
    {
        WriteRecord(output, column => column.Name);
        return row => WriteRecord(output, column => CsvRecord.Field(Text(column.Value(row))));
    }

    private static void WriteRecord(IBufferWriter<byte> output, Func<DeviceColumn, string> field)
    {
        for (var i = 0; i < DeviceColumns.All.Count; i++)
        {
            if (i > 0)
                output.Write(","u8);
            Encoding.UTF8.GetBytes(field(DeviceColumns.All[i]), output);
        }
        output.Write("\r\n"u8);
    }

    private static string Text(object? value) => value switch
    {
        null => "",
        bool truth => truth ? "true" : "false",
        string[] tags => string.Join(' ', tags),
        DateTimeOffset time => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFZ", System.Globalization.CultureInfo.InvariantCulture),
        JsonObjectText json => json.Text,
        _ => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{value}"),
    };
}
