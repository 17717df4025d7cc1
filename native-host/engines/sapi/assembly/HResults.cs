using System;
using System.Collections.Generic;

namespace Aside.Sapi
{
    /// <summary>What SAPI refused, by name.</summary>
    public sealed class SpeechException : Exception
    {
        public readonly string Code;

        public SpeechException(string code, int hresult, string message) : base(message)
        {
            Code = code;
            HResult = hresult;
        }
    }

    /// <summary>Names of HRESULTs: winerror.h, and sperror.h for what begins with SPERR.</summary>
    public static class HResults
    {
        public const int Ok = 0;
        public const int False = 1;
        public const int NotImplemented = unchecked((int)0x80004001);
        public const int Fail = unchecked((int)0x80004005);
        public const int InvalidArgument = unchecked((int)0x80070057);
        public const int TtsEngineException = unchecked((int)0x80045012);
        public const int UnsupportedFormat = unchecked((int)0x80045003);
        public const int NotFound = unchecked((int)0x8004503A);
        public const int XmlBadSyntax = unchecked((int)0x80045042);

        static readonly Dictionary<uint, string> Names = new Dictionary<uint, string>
        {
            { 0x80004001, "E_NOTIMPL" },
            { 0x80004002, "E_NOINTERFACE" },
            { 0x80004003, "E_POINTER" },
            { 0x80004004, "E_ABORT" },
            { 0x80004005, "E_FAIL" },
            { 0x8000FFFF, "E_UNEXPECTED" },
            { 0x80070002, "ERROR_FILE_NOT_FOUND" },
            { 0x80070005, "E_ACCESSDENIED" },
            { 0x80070006, "E_HANDLE" },
            { 0x8007000E, "E_OUTOFMEMORY" },
            { 0x80070057, "E_INVALIDARG" },
            { 0x8007007E, "ERROR_MOD_NOT_FOUND" },
            { 0x80040111, "CLASS_E_CLASSNOTAVAILABLE" },
            { 0x80040154, "REGDB_E_CLASSNOTREG" },
            { 0x800401F0, "CO_E_NOTINITIALIZED" },
            { 0x80010105, "RPC_E_SERVERFAULT" },
            { 0x80010106, "RPC_E_CHANGED_MODE" },
            { 0x80010108, "RPC_E_DISCONNECTED" },
            { 0x8001010E, "RPC_E_WRONG_THREAD" },
            { 0x800706BA, "RPC_S_SERVER_UNAVAILABLE" },
            { 0x80045001, "SPERR_UNINITIALIZED" },
            { 0x80045002, "SPERR_ALREADY_INITIALIZED" },
            { 0x80045003, "SPERR_UNSUPPORTED_FORMAT" },
            { 0x80045004, "SPERR_INVALID_FLAGS" },
            { 0x80045006, "SPERR_DEVICE_BUSY" },
            { 0x80045007, "SPERR_DEVICE_NOT_SUPPORTED" },
            { 0x80045008, "SPERR_DEVICE_NOT_ENABLED" },
            { 0x80045009, "SPERR_NO_DRIVER" },
            { 0x8004500A, "SPERR_FILE_MUST_BE_UNICODE" },
            { 0x8004500F, "SPERR_AUDIO_STOPPED" },
            { 0x80045012, "SPERR_TTS_ENGINE_EXCEPTION" },
            { 0x80045013, "SPERR_TTS_NLP_EXCEPTION" },
            { 0x80045014, "SPERR_ENGINE_BUSY" },
            { 0x80045033, "SPERR_INVALID_FORMAT_STRING" },
            { 0x80045038, "SPERR_STREAM_CLOSED" },
            { 0x80045039, "SPERR_NO_MORE_ITEMS" },
            { 0x8004503A, "SPERR_NOT_FOUND" },
            { 0x8004503B, "SPERR_INVALID_AUDIO_STATE" },
            { 0x8004503C, "SPERR_GENERIC_MMSYS_ERROR" },
            { 0x80045040, "SPERR_INVALID_REGISTRY_KEY" },
            { 0x80045041, "SPERR_INVALID_TOKEN_ID" },
            { 0x80045042, "SPERR_XML_BAD_SYNTAX" },
            { 0x80045043, "SPERR_XML_RESOURCE_NOT_FOUND" },
            { 0x80045044, "SPERR_TOKEN_IN_USE" },
            { 0x80045045, "SPERR_TOKEN_DELETED" },
            { 0x80045059, "SPERR_UNSUPPORTED_LANG" },
            { 0x8004505A, "SPERR_VOICE_PAUSED" },
            { 0x8004505B, "SPERR_AUDIO_BUFFER_UNDERFLOW" },
            { 0x8004505C, "SPERR_AUDIO_STOPPED_UNEXPECTEDLY" },
            { 0x80045060, "SPERR_TIMEOUT" },
            { 0x80045061, "SPERR_REENTER_SYNCHRONIZE" },
            { 0x80045064, "SPERR_ALREADY_DELETED" },
            { 0x80045078, "SPERR_AUDIO_NOT_FOUND" },
            { 0x8004507A, "SPERR_UNSUPPORTED_PHONEME" },
            { 0x80045093, "SPERR_VOICE_NOT_FOUND" },
        };

        public static string Name(int hresult)
        {
            string name;
            uint code = unchecked((uint)hresult);
            return Names.TryGetValue(code, out name) ? name : "HRESULT_0x" + code.ToString("X8");
        }

        /// <summary>Throws what a call answered, unless it succeeded. <c>call</c> says which.</summary>
        public static void Check(int hresult, string call)
        {
            if (hresult < 0) throw new SpeechException(Name(hresult), hresult, call + " failed with " + Name(hresult));
        }

        public static string NameOf(Exception e)
        {
            var speech = e as SpeechException;
            return speech != null ? speech.Code : Name(e.HResult);
        }
    }
}
